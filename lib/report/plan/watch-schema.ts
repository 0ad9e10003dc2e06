import { z } from 'zod';

const text = z.string();

const metric = z.strictObject({
  namespace: text,
  name: text,
  dimensions: z.record(text, text),
  statistic: text,
  unit: text,
});

/** Schema of an alarm in a plan. */
export const alarmSchema = z.strictObject({
  name: text,
  arn: text,
  runbook: z.strictObject({ meaning: text, lookAt: text, run: text }),
  measure: z.union([metric, z.strictObject({ label: text, expression: text, metrics: z.record(text, metric) })]),
  comparison: text,
  threshold: z.number(),
  periodSeconds: z.int().min(10),
  evaluationPeriods: z.int().min(1),
  datapointsToAlarm: z.int().min(1),
  treatMissingData: z.enum(['breaching', 'ignore', 'notBreaching']),
  actions: z.array(text).describe('ARNs of the topics and functions that the alarm calls.'),
});

const size = { title: text, width: z.int().min(1).max(24), height: z.int().min(1) };
const alternatives = z.array(z.array(text));
const series = z.array(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('metric'), metric, label: text.optional(), id: text.optional() }),
    z.strictObject({ kind: z.literal('chosen'), of: text, label: text }),
    z.strictObject({ kind: z.literal('sum'), of: alternatives, label: text }),
    z.strictObject({ kind: z.literal('percent'), part: alternatives, whole: alternatives, label: text }),
    z.strictObject({
      kind: z.literal('dollars'),
      id: text,
      label: text,
      tokens: z.array(z.strictObject({ ids: z.array(text), usdPerMillion: z.number() })),
    }),
    z.strictObject({ kind: z.literal('list'), id: text, of: z.array(text) }),
    z.strictObject({ kind: z.literal('level'), id: text, value: z.number().optional(), like: text }),
    z.strictObject({ kind: z.literal('shown'), of: text, label: text.optional() }),
  ]),
);
const graph = { ...size, unit: text, series, periodSeconds: z.int().min(60) };

/** Schema of a dashboard in a plan. */
export const dashboardSchema = z.strictObject({
  name: text,
  applications: z.array(text),
  choices: z
    .array(z.strictObject({ label: text, value: text }))
    .describe('The choices of the variable; the value replaces _APPLICATION_ in the body.'),
  widgets: z.array(
    z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('graph'),
        ...graph,
        rightUnit: text.optional(),
        stacked: z.boolean().optional(),
      }),
      z.strictObject({ kind: z.literal('numbers'), ...graph }),
      z.strictObject({
        kind: z.literal('alarms'),
        ...size,
        alarms: z.array(text),
        ringingOnly: z.boolean().optional(),
      }),
      z.strictObject({
        kind: z.literal('text'),
        ...size,
        lines: z.array(
          z.strictObject({
            about: text.optional(),
            text,
            run: text.optional(),
            link: z.strictObject({ text, url: text }).optional(),
          }),
        ),
      }),
    ]),
  ),
});

const keyStatement = z.strictObject({
  Sid: text,
  Effect: z.literal('Allow'),
  Principal: z.record(text, text),
  Action: z.array(text),
  Resource: text,
  Condition: z.record(text, z.record(text, text)).optional(),
});
const topicStatement = keyStatement.extend({
  Effect: z.enum(['Allow', 'Deny']),
  Principal: z.union([z.literal('*'), z.record(text, text)]),
});

/** Schema of a KMS key in a plan. */
export const keySchema = z.strictObject({ alias: text, description: text, statements: z.array(keyStatement) });

/** Schema of the topics that receive the alerts of a plan. */
export const topicsSchema = z.strictObject({
  key: keySchema,
  stacks: z
    .record(
      text,
      z.array(z.strictObject({ name: text, arn: text, addresses: z.array(text), statements: z.array(topicStatement) })),
    )
    .describe('Topics by the stack that contains them.'),
});
