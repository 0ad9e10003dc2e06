/**
 * Takes the place of the SDK's bearer token providers in the bundle.
 *
 * A bearer token that is found somewhere stands for a principal of its own, so a call made with one would say nothing about
 * the role under verification. The one probe that needs a token makes it of that role's session.
 */
function refuse(): never {
  throw new Error('bearer tokens are not used');
}

export const fromEnvSigningName = () => refuse;
export const nodeProvider = () => refuse;
