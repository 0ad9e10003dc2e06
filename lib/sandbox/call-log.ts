import type { SandboxCall } from './sandbox-call';

const MAX_CALLS = 10_000;

/** The last 10,000 calls that IAM decided, oldest first. */
export class CallLog {
  readonly #calls: SandboxCall[] = [];

  get calls(): readonly SandboxCall[] {
    return this.#calls;
  }

  add(call: SandboxCall): void {
    this.#calls.push(call);
    if (this.#calls.length > MAX_CALLS) {
      this.#calls.shift();
    }
  }
}
