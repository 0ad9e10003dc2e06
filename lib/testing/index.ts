import { expect } from '@jest/globals';
import { toInvokeOnlyThroughProfiles, toReachOnlyRegions, toStreamWhereverItInvokes } from './matchers';
import type { ReadingOptions } from './reading-options';

export type { ReadingOptions } from './reading-options';

/**
 * Matchers that this import adds to `expect(template)`.
 *
 * `template` is a `Template` of `aws-cdk-lib/assertions` or the JSON of a template.
 */
export interface BedrockAccessMatchers<R> {
  /**
   * Proves for all possible requests that no principal may invoke a model except through an application inference
   * profile, and that none may use a side door such as `bedrock:InvokeAgent`.
   */
  toInvokeOnlyThroughProfiles(options?: ReadingOptions): R;
  /**
   * Proves for all possible requests that no principal may invoke a model or a profile in another Region. `'global'`
   * stands for the Region-less ARN of foundation models.
   */
  toReachOnlyRegions(regions: readonly string[], options?: ReadingOptions): R;
  /** Proves that every principal that may invoke a model or a profile may also stream its answer. */
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
