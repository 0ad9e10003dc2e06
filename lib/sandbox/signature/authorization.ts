import { AwsError } from '../aws-error';

/** The parts of an Authorization header of signature version 4. */
export interface Authorization {
  readonly accessKeyId: string;
  /** `YYYYMMDD`. */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  /** Names in lower case, sorted. */
  readonly signedHeaders: readonly string[];
  /** 64 hexadecimal digits. */
  readonly signature: string;
}

const FORM =
  /^AWS4-HMAC-SHA256 +Credential=([A-Z0-9]{16,128})\/(\d{8})\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request, *SignedHeaders=([^\s,=]+), *Signature=([0-9a-f]{64})$/;

/** Parses the header. As with AWS, a missing signature and a malformed one give different errors. */
export function readAuthorization(header: string | undefined): Authorization {
  if (header === undefined) {
    throw new AwsError(403, 'MissingAuthenticationTokenException', 'Missing Authentication Token');
  }
  if (/^bearer\b/i.test(header)) {
    throw new AwsError(
      403,
      'AccessDeniedException',
      'bearer tokens (Amazon Bedrock API keys) are not accepted here: sign with signature version 4',
    );
  }
  const [, accessKeyId, date, region, service, names, signature] = FORM.exec(header) ?? [];
  if (!accessKeyId || !date || !region || !service || !names || !signature) {
    throw new AwsError(
      403,
      'IncompleteSignatureException',
      'Authorization must be: AWS4-HMAC-SHA256 Credential=KEY/DATE/REGION/SERVICE/aws4_request, SignedHeaders=…, Signature=…',
    );
  }
  const signedHeaders = names.split(';');
  const sorted = [...new Set(signedHeaders)].sort().join(';');
  if (sorted !== names || names !== names.toLowerCase()) {
    throw new AwsError(403, 'InvalidSignatureException', 'SignedHeaders must be in lower case, sorted and unique');
  }
  return { accessKeyId, date, region, service, signedHeaders, signature };
}
