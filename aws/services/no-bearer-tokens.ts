/**
 * Replaces the SDK's bearer token providers in the bundle.
 *
 * A bearer token from the environment variables belongs to another principal, so a call with it would show nothing
 * about the role under verification. The one probe that needs a token derives it from that role's session.
 */
function refuse(): never {
  throw new Error('bearer tokens are not used');
}

export const fromEnvSigningName = () => refuse;
export const nodeProvider = () => refuse;
