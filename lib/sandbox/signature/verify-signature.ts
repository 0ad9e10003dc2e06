import { createHash } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import { AwsError } from '../aws-error';
import type { SandboxCredentials } from '../credentials';
import type { ReceivedRequest } from '../transport/received-request';
import type { Authorization } from './authorization';
import { NodeSha256 } from './node-sha256';
import { sameText } from './same-text';

const invalid = (message: string): AwsError => new AwsError(403, 'InvalidSignatureException', message);

/** Returns the values of the signed headers only. Repeated values are joined as in the canonical request. */
function signedHeaderValues(
  { headers }: ReceivedRequest,
  { signedHeaders }: Authorization,
): Readonly<Record<string, string>> {
  for (const name of ['x-amz-date', ...(headers.has('x-amz-security-token') ? ['x-amz-security-token'] : [])]) {
    if (!signedHeaders.includes(name)) {
      throw invalid(`'${name}' must be a signed header`);
    }
  }
  if (!signedHeaders.includes('host') && !signedHeaders.includes(':authority')) {
    throw invalid("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  }
  const values = signedHeaders.map((name) => {
    const sent = headers.get(name);
    if (sent === undefined || name === '__proto__') {
      throw invalid(`SignedHeaders lists '${name}', but the request has no such header`);
    }
    return [name, sent.map((value) => value.trim()).join(',')];
  });
  return Object.fromEntries(values);
}

/** Checks `x-amz-content-sha256` against the received body, because the signing library trusts the header. */
function checkContentHash({ headers, body }: ReceivedRequest): void {
  const stated = headers.get('x-amz-content-sha256')?.[0];
  if (stated !== undefined && !sameText(stated, createHash('sha256').update(body).digest('hex'))) {
    throw invalid('x-amz-content-sha256 is not the hash of the body; unsigned and streamed payloads are not accepted');
  }
}

/** Signs the received request with the same signed headers, and compares the signatures. */
export async function verifySignature(
  request: ReceivedRequest,
  authorization: Authorization,
  credentials: SandboxCredentials,
  signedAt: Date,
): Promise<void> {
  checkContentHash(request);
  if (request.query.has('__proto__')) {
    throw invalid('a query parameter __proto__ cannot be signed');
  }
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const signer = new SignatureV4({
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) },
    region: authorization.region,
    service: authorization.service,
    sha256: NodeSha256,
    uriEscapePath: true,
    applyChecksum: false,
  });
  const signed = await signer.sign(
    {
      method: request.method,
      protocol: 'https:',
      hostname: 'localhost',
      path: request.path,
      query: Object.fromEntries([...request.query].map(([name, values]) => [name, [...values]])),
      headers: { ...signedHeaderValues(request, authorization) },
      body: request.body,
    },
    { signingDate: signedAt, signableHeaders: new Set(authorization.signedHeaders) },
  );
  const expected = /Signature=([0-9a-f]{64})$/.exec(signed.headers['authorization'] ?? '')?.[1];
  if (expected === undefined || !sameText(expected, authorization.signature)) {
    throw invalid(
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    );
  }
}
