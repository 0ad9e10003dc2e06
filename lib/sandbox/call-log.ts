import type { SandboxCall } from './sandbox-call';

const MOST = 10_000;

/** The last 10,000 calls that were decided, in order. */
export class CallLog {
  readonly #calls: SandboxCall[] = [];

  get calls(): readonly SandboxCall[] {
    return this.#calls;
  }

  add(call: SandboxCall): void {
    this.#calls.push(call);
    if (this.#calls.length > MOST) {
      this.#calls.shift();
    }
  }
}
