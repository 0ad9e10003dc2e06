import type { Account, InferenceProfile } from './account';

interface ProfileIndex {
  readonly byArn: ReadonlyMap<string, InferenceProfile>;
  readonly byName: ReadonlyMap<string, InferenceProfile>;
}

/** An account may have thousands of profiles, and every application looks up its own. */
const INDEXES = new WeakMap<readonly InferenceProfile[], ProfileIndex>();

/** Finds the application inference profile with this ARN. */
export function profileWithArn({ profiles }: Account, arn: string): InferenceProfile | undefined {
  return indexOf(profiles).byArn.get(arn);
}

/** Finds the first application inference profile with this name. */
export function profileNamed({ profiles }: Account, name: string): InferenceProfile | undefined {
  return indexOf(profiles).byName.get(name);
}

function indexOf(profiles: readonly InferenceProfile[]): ProfileIndex {
  const known = INDEXES.get(profiles);
  if (known !== undefined) {
    return known;
  }
  // The last entry of a map with the same key wins, and the first profile is wanted.
  const reversed = [...profiles].reverse();
  const index = {
    byArn: new Map(reversed.map((p) => [p.arn, p])),
    byName: new Map(reversed.map((p) => [p.name, p])),
  };
  INDEXES.set(profiles, index);
  return index;
}
