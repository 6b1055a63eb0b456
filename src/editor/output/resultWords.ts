import type { Localization } from '../../common/translate';
import type { RunResult } from '../../delegation/run/run';
import { readTable } from '../../text/table';

/** What a run brought that the panel does not repeat; null for text and for nothing. */
export function resultWords({ outcome }: RunResult, l10n: Localization): string | null {
  switch (outcome?.format) {
    case 'insertions': {
      const { length } = outcome.insertions;
      if (length === 0) return l10n.t('result: no comment');
      return length === 1
        ? l10n.t('result: 1 comment, as a draft')
        : l10n.t('result: {0} comments, as a draft', length);
    }
    case 'file':
    case 'replacement': {
      const isFile = outcome.format === 'file';
      const lines = outcome.text.replace(/\n$/, '').split('\n').length;
      if (isFile) return l10n.t('result: {0} lines, as a new file', lines);
      return lines === 1
        ? l10n.t('result: 1 line, as a draft')
        : l10n.t('result: {0} lines, as a draft', lines);
    }
    case 'json':
      return l10n.t('result: {0}', dataWords(outcome.value, l10n));
    case 'text':
    case undefined:
      return null;
  }
}

/** Such as `14 rows`, and `none found` for an empty list. */
export function dataWords(value: unknown, l10n: Localization): string {
  const table = readTable(value);
  if (!table) return l10n.t('1 value');
  const { length } = table.rows;
  if (length === 0) return l10n.t('none found');
  return length === 1 ? l10n.t('1 row') : l10n.t('{0} rows', length);
}
