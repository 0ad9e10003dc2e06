import { Sha256 } from '@smithy/core/checksum';
import { HttpRequest } from '@smithy/core/transport';
import { SignatureV4 } from '@smithy/signature-v4';
import type { SessionCredentials } from '../../../aws/services/session-credentials';

/** Host name of the presigned request. It is the same in every Region, because the request is never sent. */
const HOST = 'bedrock.amazonaws.com';

/** Lifetime of a token, which is used immediately for one call. */
const SECONDS = 60;

/**
 * Creates a short-term Amazon Bedrock API key of a session for one Region: a presigned request in base64 (Bedrock User
 * Guide, "API keys"; the form is that of AWS's `@aws/bedrock-token-generator`, read 2026-11-21).
 *
 * No call is needed for that, so anyone who has the credentials can create the key, and only IAM can deny its use. The
 * key is a secret.
 */
export async function bearerToken(credentials: SessionCredentials, region: string): Promise<string> {
  const signer = new SignatureV4({ service: 'bedrock', region, credentials, sha256: Sha256 });
  const request = new HttpRequest({
    method: 'POST',
    protocol: 'https:',
    hostname: HOST,
    path: '/',
    headers: { host: HOST },
    query: { Action: 'CallWithBearerToken' },
  });
  const { query = {} } = await signer.presign(request, { expiresIn: SECONDS });
  const parameters = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  const presigned = `${HOST}/?${[...parameters, 'Version=1'].join('&')}`;
  return `bedrock-api-key-${Buffer.from(presigned).toString('base64')}`;
}
