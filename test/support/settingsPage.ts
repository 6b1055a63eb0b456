import { manifestGroups, type ManifestSetting } from './manifestSettings';
import { readJson } from './projectFiles';

const HEAD = `# Settings

All settings of Delegate, in the groups of the settings page.
This page is made from the manifest by \`npm run docs\`; a test compares the two.

A value that a setting cannot have is never guessed at: Delegate refuses to run and says what to write.
A workspace can change only what is marked so; everything that decides where a key goes, what may be spent and what is masked is read from your own settings.
`;

/** The text of docs/settings.md. */
export function settingsPage(): string {
  const texts = readJson('package.nls.json') as Readonly<Record<string, string>>;
  const localized = (text: string): string => texts[text.replaceAll('%', '')] ?? text;
  const sections = manifestGroups().map(({ title, properties }) => {
    const settings = Object.entries(properties).map(([key, setting]) =>
      settingText(key, setting, localized),
    );
    return `## ${localized(title)}\n\n${settings.join('\n\n')}\n`;
  });
  return [HEAD, ...sections].join('\n');
}

function settingText(
  key: string,
  setting: ManifestSetting,
  localized: (text: string) => string,
): string {
  const scope = setting.scope === 'application' ? '' : ' · a workspace may set it';
  const choices = (setting.enum ?? []).map(
    (value, index) => `- \`${value}\`: ${localized(setting.enumDescriptions?.[index] ?? '')}`,
  );
  return [
    `**\`${key}\`** · default \`${JSON.stringify(setting.default)}\`${scope}`,
    localized(setting.markdownDescription),
    ...(choices.length > 0 ? [choices.join('\n')] : []),
  ].join('\n\n');
}
