import { expect } from '@jest/globals';
import { toInvokeOnlyThroughProfiles, toReachOnlyRegions, toStreamWhereverItInvokes } from './matchers';
import type { ReadingOptions } from './reading-options';

export type { ReadingOptions } from './reading-options';

/** What `expect(template)` can do once this is imported: `template` is a `Template` of the CDK, or a template's JSON. */
export interface BedrockAccessMatchers<R> {
  /**
   * Proves that nobody may invoke a model but through an application inference profile, for every request there is, and
   * that nobody has a side door such as `bedrock:InvokeAgent`.
   */
  toInvokeOnlyThroughProfiles(options?: ReadingOptions): R;
  /**
   * Proves that nobody may invoke a model or a profile in another Region, for every request there is. `'global'` stands
   * for the Region-less ARN of foundation models.
   */
  toReachOnlyRegions(regions: readonly string[], options?: ReadingOptions): R;
  /** Proves that whoever may invoke a model or a profile may do so with its answer as a stream, too. */
  toStreamWhereverItInvokes(options?: ReadingOptions): R;
}

declare global {
  namespace jest {
    interface Matchers<R> extends BedrockAccessMatchers<R> {}
  }
}

declare module 'expect' {
  interface Matchers<R extends void | Promise<void>> extends BedrockAccessMatchers<R> {}
}

expect.extend({ toInvokeOnlyThroughProfiles, toReachOnlyRegions, toStreamWhereverItInvokes });
