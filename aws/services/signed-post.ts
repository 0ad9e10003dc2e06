import { defaultProvider } from './environment-credentials';
import type { Endpoint, Post } from './post';
import { postSignedBy } from './post-signed-by';

/**
 * Returns a function that signs requests to one service and sends them.
 *
 * It serves services of which a function needs a single operation. A full SDK client for each of them would exceed the
 * allowed size of the bundle (the client for SSM adds 80 kB).
 */
export function signedPost({ credentials, ...endpoint }: Endpoint): Post {
  return postSignedBy(credentials ?? defaultProvider(), endpoint);
}
