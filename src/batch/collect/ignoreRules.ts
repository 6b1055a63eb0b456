import ignore from 'ignore';

/**
 * The rules of `.gitignore` files from the root down to one folder, for a walk that goes from the
 * top: what a folder's rules refuse is not entered, so nothing inside of it can be let in again
 * (git-scm.com/docs/gitignore).
 */
export class GitRules {
  readonly #levels: readonly { readonly folder: string; readonly rules: ignore.Ignore }[];

  constructor(levels: GitRules['levels'] = []) {
    this.#levels = levels;
  }

  get levels(): readonly { readonly folder: string; readonly rules: ignore.Ignore }[] {
    return this.#levels;
  }

  /** The rules inside of `folder`, with those of its own file. */
  within(folder: string, text: string | null): GitRules {
    if (text === null) return this;
    // Patterns that the package cannot read are not patterns for git either.
    const rules = ignore({ allowRelativePaths: false }).add(text.replace(/^\uFEFF/, ''));
    return new GitRules([{ folder, rules }, ...this.#levels]);
  }

  /** Whether an entry is refused; the nearest file that says anything of it decides. */
  refuses(path: string, isFolder: boolean): boolean {
    for (const { folder, rules } of this.#levels) {
      const relative = folder === '' ? path : path.slice(folder.length + 1);
      const { ignored, unignored } = rules.test(isFolder ? `${relative}/` : relative);
      if (unignored) return false;
      if (ignored) return true;
    }
    return false;
  }
}
