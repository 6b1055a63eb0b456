import type * as vscode from 'vscode';
import { CHECKED_LANGUAGES, PART_LANGUAGE_PREFIX } from '../../manifest';

/**
 * The language in which a part of a file is shown by itself. A method or an entry alone is not a file
 * of its language: what checks files would mark errors in it that its file does not have.
 */
export function partLanguage(languageId: string): string {
  return CHECKED_LANGUAGES.includes(languageId)
    ? `${PART_LANGUAGE_PREFIX}${languageId}`
    : languageId;
}

/** The language that a document's text is written in, also where it is shown as a part. */
export function languageOfDocument({ languageId }: vscode.TextDocument): string {
  return languageId.startsWith(PART_LANGUAGE_PREFIX)
    ? languageId.slice(PART_LANGUAGE_PREFIX.length)
    : languageId;
}
