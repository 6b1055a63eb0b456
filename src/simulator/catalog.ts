import { faultNames, isFaultName, type FaultName } from './faults/faults';
import { buildModels, type SimulatedModel } from './models';
import { pricingFromUsd } from './pricing';
import type { SimulatorOptions } from './options';

const FAULT_PREFIX = 'simulator/fault-';

/** The models of one simulator, by slug. */
export class Catalog {
  readonly #models: ReadonlyMap<string, SimulatedModel>;

  constructor(options: Pick<SimulatorOptions, 'prices' | 'listFaultModels' | 'pacing'>) {
    const models = buildModels();
    const wellBehaved = models.find((model) => model.slug === 'simulator/well-behaved');
    if (!wellBehaved) throw new Error('The well-behaved model is missing.');
    const isFaultListed = options.listFaultModels ?? options.pacing !== 'live';
    const faulty = faultNames.map((fault) => ({
      ...wellBehaved,
      slug: FAULT_PREFIX + fault,
      name: `Simulator: fault ${fault}`,
      isListed: isFaultListed,
    }));
    // Anyone who tries the demo has no use for workers that fail on purpose.
    const shown = models.map((model) =>
      model.slug.startsWith('simulator/worker-') ? { ...model, isListed: isFaultListed } : model,
    );
    const prices = options.prices ?? {};
    this.#models = new Map(
      [...shown, ...faulty].map((model) => {
        const price = prices[model.slug] ?? prices[model.aliasTarget ?? ''];
        return [model.slug, price ? { ...model, pricing: pricingFromUsd(price) } : model];
      }),
    );
  }

  list(): SimulatedModel[] {
    return [...this.#models.values()].filter((model) => model.isListed);
  }

  /** The row that a request names, alias or not; null when there is none. */
  find(slug: string): SimulatedModel | null {
    return this.#models.get(slug) ?? null;
  }

  /** The concrete model behind a row: what serves the request and what the answer names. */
  resolve(model: SimulatedModel): SimulatedModel {
    return (model.aliasTarget === null ? null : this.find(model.aliasTarget)) ?? model;
  }
}

/** The fault that a slug such as `simulator/fault-429` asks for. */
export function faultOfSlug(slug: string): FaultName | null {
  if (!slug.startsWith(FAULT_PREFIX)) return null;
  const name = slug.slice(FAULT_PREFIX.length);
  return isFaultName(name) ? name : null;
}
