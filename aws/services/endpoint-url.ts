/** Reads the endpoint of a service from the variables that the SDK reads too. Returns `undefined` for AWS's own. */
export function endpointUrl(service: string): string | undefined {
  return process.env[`AWS_ENDPOINT_URL_${service}`] || process.env['AWS_ENDPOINT_URL'] || undefined;
}
