import type { LoggingConfig } from '@aws-sdk/client-bedrock';
import { boundedText } from '../../../aws/bounded-text';
import type { LoggingOrder } from './logging-order';

/** What of a call Bedrock may write beside who called what and for how many tokens, each with a switch of its own. */
export const CONTENT_SWITCHES = [
  'textDataDeliveryEnabled',
  'imageDataDeliveryEnabled',
  'embeddingDataDeliveryEnabled',
  'videoDataDeliveryEnabled',
  'audioDataDeliveryEnabled',
] as const;

/** The setting that an order asks for. */
export function orderedSetting({ logGroupName, roleArn, content }: LoggingOrder): LoggingConfig {
  const switches = CONTENT_SWITCHES.map((name) => [name, content]);
  return { cloudWatchConfig: { logGroupName, roleArn }, ...Object.fromEntries(switches) };
}

/** Whether anything is logged anywhere; a setting without a destination is nobody's. */
export function delivers({ cloudWatchConfig, s3Config }: LoggingConfig): boolean {
  return cloudWatchConfig !== undefined || s3Config !== undefined;
}

/** Whether a setting delivers to our log, as our role, and nowhere else. Then it is ours, whoever turned its switches. */
export function isOurs({ cloudWatchConfig, s3Config }: LoggingConfig, order: LoggingOrder): boolean {
  return (
    cloudWatchConfig?.logGroupName === order.logGroupName &&
    cloudWatchConfig.roleArn === order.roleArn &&
    cloudWatchConfig.largeDataDeliveryS3Config === undefined &&
    s3Config === undefined
  );
}

/** Where a setting delivers, for a person to recognise whose it is. */
export function destinations({ cloudWatchConfig, s3Config }: LoggingConfig): string {
  const { logGroupName, roleArn, largeDataDeliveryS3Config: large } = cloudWatchConfig ?? {};
  return [
    ...(cloudWatchConfig === undefined ? [] : [`the log group ${named(logGroupName)} as ${named(roleArn)}`]),
    ...(large === undefined ? [] : [`the bucket ${named(large.bucketName)} for what is large`]),
    ...(s3Config === undefined ? [] : [`the bucket ${named(s3Config.bucketName)}`]),
  ].join(' and ');
}

/** The environment of this project that a setting belongs to, by the name of its log group. */
export function environmentOf({ cloudWatchConfig }: LoggingConfig): string | undefined {
  return /^\/bedrock-access\/([a-z0-9-]{1,20})\/invocations$/.exec(cloudWatchConfig?.logGroupName ?? '')?.[1];
}

function named(name: string | undefined): string {
  return `'${boundedText(name ?? '', 200)}'`;
}
