import type { RequestContext } from '../../iam/match/access-request';

/** Returns the tags of a resource as condition keys, such as `aws:ResourceTag/Application`. */
export function resourceTags(tags: Readonly<Record<string, string>>): RequestContext {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:ResourceTag/${key}`, [value]]));
}
