/** Where a service is, as the SDK's clients find it; absent for AWS itself. */
export function endpointUrl(service: string): string | undefined {
  return process.env[`AWS_ENDPOINT_URL_${service}`] || process.env['AWS_ENDPOINT_URL'] || undefined;
}
