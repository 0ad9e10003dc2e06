import type { JsonMap } from '../../catalog/json-map';

/**
 * Returns the reason why a principal has no such key, for keys that people look for. `undefined` for any other key.
 *
 * @param map the principal, or the map below its kind
 */
export function whyRefused(map: JsonMap, key: string): string | undefined {
  if (key === 'boundary') {
    return 'role' in map || 'user' in map
      ? "'boundary' is not ours to set: it would also limit what the role or user does elsewhere, and its owner could not change it back; set it where the role or user is defined, or use a kind of principal whose role is made here"
      : "'boundary' cannot be chosen: every role that is made here has the boundary of the environment; remove the key";
  }
  if (key === 'policies' && ('role' in map || 'user' in map)) {
    return "'policies' is for roles that are made here; attach further policies to an existing role or user where it is defined";
  }
  if (key === 'logs' && !('service' in map)) {
    return "'logs' is for the functions of service: lambda.amazonaws.com, which are told the name of their log group; remove the key";
  }
  if (key === 'environments' && 'project' in map) {
    return "IAM cannot test GitLab's claim 'environment', so 'environments' would let in every job of the branches; name branches:, and protect them in GitLab";
  }
  if (key === 'audience' && 'project' in map) {
    return "'audience' is always the address of the GitLab, such as https://gitlab.com; remove the key, and write the address as aud: of the job's id_tokens";
  }
  return undefined;
}
