import type { Demo } from '../../editor/connection/demo';
import { combineSources } from '../../editor/selection/jobSource';
import { languageOfDocument } from '../../editor/selection/partLanguages';
import { type Place, takeSelections } from '../../editor/selection/selectionSource';
import { InstructionBox } from '../../editor/run/instructionBox';
import { draftEach } from '../../editor/drafts/draftEach';
import type { DraftRunOptions } from '../../editor/drafts/draftRun';
import { type Job, builtInJob, isEdit } from '../../editor/run/job';
import type { AnswerDocuments } from '../../editor/answers/answerDocuments';
import { runTextJob } from '../../editor/answers/textJob';
import {
  askExtractJob,
  askRefactorJob,
  askTranslationJob,
  readJobArguments,
} from '../../editor/run/askJob';
import type { SampleDocument } from './sampleDocument';
import { placesForTask } from './taskEditor';
import { draftTestFile } from './testFile';
import { pickTask } from './taskPicker';

export interface TaskCommandOptions extends DraftRunOptions {
  readonly demo: Demo;
  readonly sample: SampleDocument;
  readonly documents: AnswerDocuments;
}

/** The commands that run a task on the selection of the active editor. */
export function createTaskCommands(options: TaskCommandOptions): {
  readonly 'delegate.summarizeSelection': () => Promise<void>;
  readonly 'delegate.draftDocstring': () => Promise<void>;
  readonly 'delegate.reformatSelection': () => Promise<void>;
  readonly 'delegate.extractFromSelection': (given?: unknown) => Promise<void>;
  readonly 'delegate.draftRefactor': (given?: unknown) => Promise<void>;
  readonly 'delegate.translateComments': (given?: unknown) => Promise<void>;
  readonly 'delegate.draftTests': () => Promise<void>;
  readonly 'delegate.runTask': (given?: unknown) => Promise<void>;
} {
  const box = new InstructionBox();
  const languages = new InstructionBox();
  const start = (job: Job | null): Promise<void> => startJob(job, options);
  // Nobody should write an instruction first and hear then that there is no text for it.
  const ask = async (askJob: (places: readonly Place[]) => Promise<Job | null>): Promise<void> => {
    const places = await placesForTask(options);
    if (places) await start(await askJob(places));
  };
  return {
    'delegate.summarizeSelection': () => start(builtInJob('summarize')),
    'delegate.draftDocstring': () => start(builtInJob('docstring')),
    'delegate.reformatSelection': () => start(builtInJob('reformat')),
    'delegate.extractFromSelection': (given) =>
      ask(() => askExtractJob(box, readJobArguments(given))),
    'delegate.draftRefactor': (given) =>
      ask(async (places) =>
        askRefactorJob(box, readJobArguments(given), await demoWishes(places, options.demo)),
      ),
    'delegate.translateComments': (given) =>
      ask(() => askTranslationJob(languages, readJobArguments(given))),
    'delegate.draftTests': async () => {
      const places = await placesForTask(options);
      const sources = places && (await takeSelections(places, options.syntax));
      if (sources) await draftTestFile(sources, options.runner);
    },
    'delegate.runTask': async (given) => {
      const { instruction } = readJobArguments(given);
      await start(
        instruction === null
          ? await pickTask({ box, languages })
          : builtInJob('instruct', instruction),
      );
    },
  };
}

/** @returns null while the demo is off. */
async function demoWishes(
  [place]: readonly Place[],
  demo: Demo,
): Promise<readonly string[] | null> {
  if (demo.endpoint === null || !place) return null;
  const { document, selections } = place;
  const [range] = selections;
  const text = document.getText(range?.isEmpty === false ? range : undefined);
  return demo.wishes(text, languageOfDocument(document));
}

async function startJob(job: Job | null, options: TaskCommandOptions): Promise<void> {
  if (!job) return;
  const places = await placesForTask(options);
  const sources = places && (await takeSelections(places, options.syntax));
  if (!sources) return;
  if (isEdit(job)) await draftEach(job, sources, options);
  else {
    const start = (next: Job): Promise<void> => startJob(next, options);
    const { runner, documents } = options;
    await runTextJob(job, combineSources(sources), { runner, documents, start });
  }
}
