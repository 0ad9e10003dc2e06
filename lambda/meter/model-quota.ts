/** A quota of tokens a minute, as Service Quotas lists it. */
export interface TokenQuota {
  readonly name: string;
  readonly tokensPerMinute: number;
}

/** Provider and display name of a model, such as `Anthropic` and `Claude Sonnet 4.6`. */
export interface ModelName {
  readonly provider: string;
  /** Absent if the catalog has none. Then the id is read instead. */
  readonly name?: string;
}

/**
 * Matches the quota of tokens a minute of one model, such as `Cross-region model inference tokens per minute for
 * Anthropic Claude Sonnet 4.5 V1`. Quotas of other endpoints, of latency-optimized calls and of days do not match.
 */
const QUOTA = /^(on-demand|cross-region|global cross-region) model inference tokens per minute for (.+)$/i;

/** Words that a model's name and the name of its quota need not share. */
const OPTIONAL = new Set(['ai', 'instruct', 'it', 'text', 'v1']);

/** A size such as `17b` or `a22b`. AWS leaves it out of some quotas. */
const SIZE = /^[ae]?\d+b$/;

/**
 * Finds the quota of a model for a routing. A call in one Region, over a geography and over the world have different
 * quotas.
 *
 * AWS documents no relation between models and quotas: it is read from the names. A quota belongs to a model if it has
 * every word of the model's name, except sizes, and no word that the model does not have. If none or several are left,
 * no quota is known, because a wrong quota would be worse (`unverified`: names of 2025 and 2026 from public lists; the
 * meter logs each model without a quota, which the first deployment shows).
 */
export function quotaOfModel(
  modelId: string,
  routing: string,
  { provider, name = nameFromId(modelId) }: ModelName,
  quotas: readonly TokenQuota[],
): TokenQuota | undefined {
  const scope = routing === 'regional' ? 'on-demand' : routing === 'global' ? 'global cross-region' : 'cross-region';
  const allowed = new Set([...words(provider), ...words(name), ...words(nameFromId(modelId)), ...OPTIONAL]);
  const required = words(name).filter((word) => !OPTIONAL.has(word) && !SIZE.test(word));
  const candidates = quotas
    .map((quota) => ({ quota, match: QUOTA.exec(quota.name) }))
    .filter(({ match }) => match?.[1]?.toLowerCase() === scope)
    .map(({ quota, match }) => ({ quota, named: words(match?.[2] ?? '') }))
    .filter(({ named }) => named.every((word) => allowed.has(word)) && required.every((word) => named.includes(word)));
  const most = Math.max(...candidates.map(({ named }) => named.length));
  const [first, second] = candidates.filter(({ named }) => named.length === most);
  return second === undefined ? first?.quota : undefined;
}

/** Splits a name into words. `4.5` and `25.02` are read as `45` and `2502`, `V2:0` as `v2`. */
function words(name: string): readonly string[] {
  return name
    .toLowerCase()
    .replace(/\b(v\d+):\d+/g, '$1')
    .replace(/\./g, '')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

/** Reads a name from an id: `claude 4.5` from `anthropic.claude-4-5-20250929-v1:0`. */
function nameFromId(modelId: string): string {
  return modelId
    .slice(modelId.indexOf('.') + 1)
    .replace(/-v\d+(:\d+)?$/, '')
    .replace(/-(\d{1,2})-(\d{1,2})(?=-|$)/g, '-$1.$2')
    .replace(/-\d{8}(?=-|$)/g, '');
}
