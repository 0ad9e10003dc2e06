import { createHash } from 'node:crypto';
import type { Reply } from '../transport/reply';
import type { Fault, FaultedCall } from './fault';
import type { Injected, Injection } from './injection';

interface Counted {
  readonly injection: Injection;
  calls: number;
  injected: number;
}

const SEED = 1;

/** The same number from 0 up to 1 for the same texts. */
function chance(...texts: readonly (string | number)[]): number {
  const hash = createHash('sha256').update(JSON.stringify([SEED, ...texts]));
  return hash.digest().readUInt32BE() / 2 ** 32;
}

/**
 * Plays faults on calls.
 *
 * Whether one strikes depends on what is called, by whom, and for the how-manieth time, never on what came between: the
 * same calls meet the same faults in whatever order they arrive.
 */
export class InjectedFaults {
  readonly #counted: readonly Counted[];
  readonly #times = new Map<string, number>();
  readonly #firsts = new Set<string>();

  constructor(injections: readonly Injection[]) {
    this.#counted = injections.map((injection) => ({ injection, calls: 0, injected: 0 }));
  }

  /** How often each hit, in the order in which they were named. */
  get injected(): readonly Injected[] {
    return this.#counted.map(({ injection: { fault, label }, calls, injected }) => ({
      fault: label,
      does: fault.does,
      calls,
      injected,
    }));
  }

  /** What the client gets in place of `answer`, and the faults that made it so. */
  play(answer: Reply, call: FaultedCall): { readonly reply: Reply; readonly faults: readonly string[] } {
    const able = this.#counted.filter(({ injection }) => isAbout(injection, call));
    for (const counted of able) {
      counted.calls += 1;
    }
    const { operation, target, caller } = call;
    const equal = JSON.stringify([caller, operation, target, createHash('sha256').update(call.body).digest('hex')]);
    const times = (this.#times.get(equal) ?? 0) + 1;
    this.#times.set(equal, times);
    const strikes = ({ injection: { fault, label, rate = 1 } }: Counted): boolean =>
      chance(label, equal, times) < rate && this.#isDue(fault, `${label} ${fault.first === 'call' ? equal : caller}`);
    const instead = able.filter(({ injection }) => injection.fault.instead).find(strikes);
    // An error has no body that could be cut.
    const onTheWay =
      instead !== undefined || answer.status !== 200 ? [] : able.filter((c) => !c.injection.fault.instead);
    const played = instead !== undefined ? [instead] : onTheWay.filter(strikes);
    for (const counted of played) {
      counted.injected += 1;
    }
    return {
      reply: played.reduce((reply, { injection }) => injection.fault.play(reply, call), answer),
      faults: played.map(({ injection }) => injection.label),
    };
  }

  /** False for what hits the first only, once it has. */
  #isDue({ first }: Fault, key: string): boolean {
    if (first === undefined) {
      return true;
    }
    const due = !this.#firsts.has(key);
    this.#firsts.add(key);
    return due;
  }
}

function isAbout({ fault, targets }: Injection, { operation, target }: FaultedCall): boolean {
  return (fault.on?.includes(operation) ?? true) && (targets?.includes(target) ?? true);
}
