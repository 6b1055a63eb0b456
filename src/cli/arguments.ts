import { parseArgs } from 'node:util';
import { type NanoUsd, nanoUsdFromDecimal } from '../common/money';
import { UsageError } from './usageError';

/** What was asked for on the command line. */
export interface Arguments {
  /** A task's id, or a recipe's name. */
  readonly task: string;
  readonly targets: readonly string[];
  readonly instruction: string | null;
  /** Null: by the configuration. */
  readonly maxCostNanoUsd: NanoUsd | null;
  readonly isVerifiedOnly: boolean;
  /** File for the patch; `-` is standard output. */
  readonly patchFile: string | null;
  readonly isWriting: boolean;
  readonly isJson: boolean;
  readonly isForced: boolean;
  /** Whether files without a sure result are tried again. */
  readonly isResuming: boolean;
  /** Whether results of an earlier run of the same command are left alone. */
  readonly isNew: boolean;
  readonly configFile: string | null;
}

export const USAGE = `Usage: delegate-batch TASK GLOB… [options]

TASK is docstring, reformat, refactor, translateComments, extract, summarize, instruct, or the name
of a recipe in .vscode/delegate. GLOB names files, folders or patterns below the current folder.

  --instruction TEXT   what to do; refactor, translateComments, extract and
                       instruct need it
  --max-cost USD       limit of the whole batch (default 3)
  --patch FILE         write what "git apply" takes; "-" for standard output
  --write              write the results into the files; needs a clean git work tree
  --verified-only      with --patch and --write: only what is proven
  --json               JSON lines on standard output
  --force              --write even if the git work tree is not clean
  --resume             try files without a sure result again
  --new                do not go on with an earlier run of the same command
  --config FILE        settings, as JSON
  --help               this text

The key is read from OPENROUTER_API_KEY, the address from OPENROUTER_BASE_URL.
The same command goes on where an earlier run was stopped.
Exit codes: 0 done, 1 some failed, 2 not understood, 3 does not fit the budget, nothing was sent.
`;

const OPTIONS = {
  instruction: { type: 'string' },
  'max-cost': { type: 'string' },
  patch: { type: 'string' },
  config: { type: 'string' },
  write: { type: 'boolean' },
  'verified-only': { type: 'boolean' },
  json: { type: 'boolean' },
  force: { type: 'boolean' },
  resume: { type: 'boolean' },
  new: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** @returns null when help is wanted. @throws UsageError */
export function readArguments(args: readonly string[]): Arguments | null {
  const { values, positionals } = parse(args);
  if (values.help === true) return null;
  const [task, ...targets] = positionals;
  if (task === undefined) throw new UsageError('Name a task.');
  if (targets.length === 0) throw new UsageError('Name files, folders or patterns.');
  if (values.patch !== undefined && values.write === true) {
    throw new UsageError('Choose one of --patch and --write.');
  }
  if (values.patch === '-' && values.json === true) {
    throw new UsageError('With --json the patch needs a file.');
  }
  return {
    task,
    targets: targets.map(belowHere),
    instruction: values.instruction ?? null,
    maxCostNanoUsd: values['max-cost'] === undefined ? null : readAmount(values['max-cost']),
    isVerifiedOnly: values['verified-only'] ?? false,
    patchFile: values.patch ?? null,
    isWriting: values.write ?? false,
    isJson: values.json ?? false,
    isForced: values.force ?? false,
    isResuming: values.resume ?? false,
    isNew: values.new ?? false,
    configFile: values.config ?? null,
  };
}

function parse(
  args: readonly string[],
): ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>> {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** Files elsewhere have other rules about what may be sent, and other repositories. */
function belowHere(target: string): string {
  const parts = target.replaceAll('\\', '/').split('/');
  if (target.startsWith('/') || /^[A-Za-z]:/.test(target) || parts.includes('..')) {
    throw new UsageError(`${target} is not below the current folder.`);
  }
  return target;
}

function readAmount(text: string): NanoUsd {
  const amount = nanoUsdFromDecimal(text);
  if (amount === null) throw new UsageError('--max-cost is an amount in USD such as 0.50.');
  return amount;
}
