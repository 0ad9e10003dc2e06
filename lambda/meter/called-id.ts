/** What a call named, as CloudWatch shows it in the dimension `ModelId`. */
export type CalledId =
  | { readonly kind: 'model'; readonly id: string }
  | { readonly kind: 'profile'; readonly id: string }
  | { readonly kind: 'other' };

const OTHER: CalledId = { kind: 'other' };

/**
 * Reads what a call named: a model or a system-defined profile, an application inference profile, or anything else, such
 * as provisioned throughput.
 *
 * The id of a model or system-defined profile has a first part that ends with a dot. That of an application inference
 * profile is short and has none. Both are also read from an ARN, because AWS documents only the short form.
 */
export function calledId(dimension: string): CalledId {
  const [, type, id = ''] = /^arn:[^:]*:bedrock:[^:]*:[^:]*:([a-z-]+)\/(.+)$/.exec(dimension) ?? [];
  switch (type) {
    case 'foundation-model':
    case 'inference-profile':
      return { kind: 'model', id };
    case 'application-inference-profile':
      return { kind: 'profile', id };
    case undefined:
      if (/^[a-z0-9-]+\./.test(dimension)) {
        return { kind: 'model', id: dimension };
      }
      return /^[a-z0-9]+$/.test(dimension) ? { kind: 'profile', id: dimension } : OTHER;
    default:
      return OTHER;
  }
}
