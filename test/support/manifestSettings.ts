import { readJson } from './projectFiles';

/** What tests read of a setting that package.json contributes. */
export interface ManifestSetting {
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object';
  readonly scope: string;
  readonly markdownDescription: string;
  readonly default: unknown;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
}

export interface SettingsGroup {
  readonly title: string;
  readonly properties: Readonly<Record<string, ManifestSetting>>;
}

/** The groups of settings in package.json, in the order of the settings page. */
export function manifestGroups(): readonly SettingsGroup[] {
  const { contributes } = readJson('package.json') as {
    readonly contributes: { readonly configuration: readonly SettingsGroup[] };
  };
  return contributes.configuration;
}

/** The settings of all groups, by their full names. */
export function manifestSettings(): Readonly<Record<string, ManifestSetting>> {
  return Object.fromEntries(
    manifestGroups().flatMap(({ properties }) => Object.entries(properties)),
  );
}
