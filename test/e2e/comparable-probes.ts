/** One probe, as the verification function answers it. */
export type Probe = Readonly<Record<string, unknown>>;

/** What differs between two accounts and two runs by nature, and what only `verify --json` adds. */
const BY_NATURE = [
  'milliseconds',
  'firstTokenMilliseconds',
  'requestId',
  'inputTokens',
  'outputTokens',
  'cacheReadTokens',
  'cacheWriteTokens',
  'estimatedUsd',
];

const PROFILE = /(application-inference-profile\/)([0-9a-z]{12})/g;

/**
 * The probes of one run without what differs between accounts by nature: times, tokens, request ids, and the ids of the
 * profiles, for which the generation stands whose profile it is.
 */
export function comparableProbes(probes: readonly Probe[]): readonly Probe[] {
  const generations = new Map(
    probes
      .filter((probe) => probe['probe'] === 'text' || probe['probe'] === 'embed')
      .map(({ target, application, alias, generation }) => [
        String(target).split('/').at(-1),
        `${application}/${alias}/${generation}`,
      ]),
  );
  return probes.map((probe) => {
    const kept = Object.fromEntries(Object.entries(probe).filter(([key]) => !BY_NATURE.includes(key)));
    const text = JSON.stringify(kept).replace(PROFILE, (_, type, id) => `${type}${generations.get(id) ?? id}`);
    return JSON.parse(text);
  });
}
