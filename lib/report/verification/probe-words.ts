import type { DeniedProbe } from '../../../lambda/verify/result';

const WORDS: Readonly<Record<DeniedProbe, string>> = {
  'foreign-profile': "another application's profile",
  'missing-profile': 'a profile that does not exist',
  'bare-model': 'the bare model',
  'destination-model': 'the bare model in a destination Region',
  'system-profile': 'the system profile',
  'other-region': 'another Region',
  'no-guardrail': 'its profile without the guardrail',
  'other-tier': 'its profile with another service tier',
  'bearer-token': 'its profile with a bearer token',
  mantle: 'the endpoint bedrock-mantle',
};

/** Describes the target of a probe that must be denied. Returns the name of any other probe. */
export function probeWords(probe: string): string {
  return (WORDS as Readonly<Record<string, string>>)[probe] ?? probe;
}
