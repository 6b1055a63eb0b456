import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export type Settings = Readonly<Record<string, unknown>>;

/** A quiet editor: nothing opens, asks, updates or reports by itself. */
const quietSettings: Settings = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'window.autoDetectColorScheme': false,
  'workbench.enableExperiments': false,
  // The editor's own copies of saved files are not the extension's.
  'workbench.localHistory.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/**
 * For tests: without a graphics card each frame that moves costs the processor, as does all that
 * nobody looks at.
 */
export const leanWindowSettings: Settings = {
  'editor.cursorBlinking': 'solid',
  'editor.minimap.enabled': false,
  'editor.stickyScroll.enabled': false,
  // Symbols and errors of syntax are enough; types take a second server.
  'typescript.tsserver.useSyntaxServer': 'always',
  'workbench.reduceMotion': 'on',
};

/** Writes the user's settings below a user data folder, over those of a quiet editor. */
export function writeUserSettings(userDataDir: string, settings: Settings = {}): void {
  const folder = path.join(userDataDir, 'User');
  mkdirSync(folder, { recursive: true });
  const all = { ...quietSettings, ...settings };
  writeFileSync(path.join(folder, 'settings.json'), `${JSON.stringify(all, null, 2)}\n`);
}
