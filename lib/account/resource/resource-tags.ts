import type { RequestContext } from '../../iam/match/access-request';

/** Tags of a resource as condition keys. */
export function resourceTags(tags: Readonly<Record<string, string>>): RequestContext {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:ResourceTag/${key}`, [value]]));
}
