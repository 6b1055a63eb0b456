/** The first line a suite inside VS Code prints; the editor's own chatter ends there. */
export const suiteStartLine = 'Tests in VS Code';
