/** The place of the function that sends an answer. */
export interface AnsweringFrom {
  /** Region of the function, which is that of the stack. */
  readonly region: string;
  /** Endpoint that the function uses instead of AWS's own, if there is one. */
  readonly endpoint: string | undefined;
}

/**
 * Returns why no answer may be sent to a URL, or `undefined` if it is an address where CloudFormation waits.
 *
 * CloudFormation waits at a presigned URL of its own bucket in the stack's Region, whose name contains the Region without
 * dashes (CloudFormation User Guide, "Setting up VPC endpoints for AWS CloudFormation", read 2026-11-30). The host was
 * seen in each of the forms in which S3 has named a bucket (Lambda Developer Guide, "Using AWS Lambda with
 * CloudFormation", read 2026-11-30). The path and the signature are CloudFormation's and are not interpreted.
 *
 * A function with an endpoint on its own machine runs in a test, and answers only there.
 */
export function refusedUrl(url: string, { region, endpoint }: AnsweringFrom): string | undefined {
  const { protocol, hostname, port, username, password } = new URL(URL.canParse(url) ? url : 'about:blank');
  if (username !== '' || password !== '') {
    return 'ResponseURL holds a user name or a password';
  }
  if (endpoint !== undefined && isLoopback(endpoint)) {
    return isLoopback(url) ? undefined : 'ResponseURL leaves this machine, although the function runs in a test';
  }
  if (protocol !== 'https:' || port !== '' || !bucketHosts(region).includes(hostname)) {
    return `ResponseURL is not an https address of CloudFormation's bucket in ${region}`;
  }
  return undefined;
}

function bucketHosts(region: string): readonly string[] {
  const bucket = `cloudformation-custom-resource-response-${region.replaceAll('-', '')}`;
  const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return [`s3.${region}`, `s3-${region}`, `s3.dualstack.${region}`, 's3'].map((s3) => `${bucket}.${s3}.${domain}`);
}

function isLoopback(url: string): boolean {
  const { protocol, hostname } = new URL(URL.canParse(url) ? url : 'about:blank');
  return ['http:', 'https:'].includes(protocol) && ['127.0.0.1', '[::1]'].includes(hostname);
}
