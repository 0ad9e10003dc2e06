import { createHash } from 'node:crypto';
import type { Reply } from '../transport/reply';
import type { Fault, FaultedCall } from './fault';
import type { Injection, InjectionCount } from './injection';

interface FaultCounter {
  readonly injection: Injection;
  calls: number;
  injected: number;
}

const SEED = 1;

/** Derives a number from 0 up to but excluding 1 from the texts. The same texts always give the same number. */
function chance(...texts: readonly (string | number)[]): number {
  const hash = createHash('sha256').update(JSON.stringify([SEED, ...texts]));
  return hash.digest().readUInt32BE() / 2 ** 32;
}

/**
 * Injects faults into calls.
 *
 * Whether a fault hits a call depends only on the caller, the call and the number of equal calls before it. The same
 * calls therefore meet the same faults in any order.
 */
export class InjectedFaults {
  readonly #counters: readonly FaultCounter[];
  readonly #occurrences = new Map<string, number>();
  readonly #firsts = new Set<string>();

  constructor(injections: readonly Injection[]) {
    this.#counters = injections.map((injection) => ({ injection, calls: 0, injected: 0 }));
  }

  /** Number of times that each fault was injected, in the order in which the faults were requested. */
  get injected(): readonly InjectionCount[] {
    return this.#counters.map(({ injection: { fault, label }, calls, injected }) => ({
      fault: label,
      does: fault.does,
      calls,
      injected,
    }));
  }

  /** Returns the answer that the client receives instead of `answer`, and the labels of the faults that changed it. */
  inject(answer: Reply, call: FaultedCall): { readonly reply: Reply; readonly faults: readonly string[] } {
    const applicable = this.#counters.filter(({ injection }) => applies(injection, call));
    for (const counter of applicable) {
      counter.calls += 1;
    }
    const { operation, target, caller } = call;
    const callKey = JSON.stringify([caller, operation, target, createHash('sha256').update(call.body).digest('hex')]);
    const occurrence = (this.#occurrences.get(callKey) ?? 0) + 1;
    this.#occurrences.set(callKey, occurrence);
    const hits = ({ injection: { fault, label, rate = 1 } }: FaultCounter): boolean =>
      chance(label, callKey, occurrence) < rate &&
      this.#isDue(fault, `${label} ${fault.onlyFirst === 'call' ? callKey : caller}`);
    const replacement = applicable.filter(({ injection }) => injection.fault.replacesAnswer).find(hits);
    // The body of an error is left as it is.
    const changes =
      replacement !== undefined || answer.status !== 200
        ? []
        : applicable.filter((c) => !c.injection.fault.replacesAnswer);
    const injected = replacement !== undefined ? [replacement] : changes.filter(hits);
    for (const counter of injected) {
      counter.injected += 1;
    }
    return {
      reply: injected.reduce((reply, { injection }) => injection.fault.change(reply, call), answer),
      faults: injected.map(({ injection }) => injection.label),
    };
  }

  /** False when the fault is limited to the first call with this key and has already hit it. */
  #isDue({ onlyFirst }: Fault, key: string): boolean {
    if (onlyFirst === undefined) {
      return true;
    }
    const due = !this.#firsts.has(key);
    this.#firsts.add(key);
    return due;
  }
}

function applies({ fault, targets }: Injection, { operation, target }: FaultedCall): boolean {
  return (fault.operations?.includes(operation) ?? true) && (targets?.includes(target) ?? true);
}
