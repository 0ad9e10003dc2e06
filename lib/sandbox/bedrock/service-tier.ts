import { SERVICE_TIERS, type ServiceTier } from '../../../lambda/aliases/service-tiers';
import { JsonField } from '../json-field';
import type { ReceivedRequest } from '../transport/received-request';

/** Header in which InvokeModel names the tier (botocore 1.44.5, `InvokeModelRequest`). */
const HEADER = 'x-amzn-bedrock-service-tier';

/** Reads the service tier that a call names: Converse names it in the body, InvokeModel in a header. */
export function requestedTier(name: string, request: ReceivedRequest, body: JsonField): ServiceTier | undefined {
  const inHeader = name === 'InvokeModel';
  const field = inHeader ? new JsonField(request.headers.get(HEADER)?.[0], HEADER) : body.at('serviceTier');
  return field.present ? (inHeader ? field : field.at('type')).oneOf(SERVICE_TIERS) : undefined;
}
