/** The result of one probe, as the verification function returns it. */
export type Probe = Readonly<Record<string, unknown>>;

/** Fields that always differ between accounts and runs, and fields that only `verify --json` adds. */
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
 * Returns the probes of a run without the parts that always differ between accounts: times, tokens and request ids. The
 * id of a profile is replaced with the name of its generation.
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
