import { classifyError } from '../../../aws/errors/classify-error';
import { bedrockMetrics } from '../../../aws/services/bedrock-metrics';
import { signedPost } from '../../../aws/services/signed-post';
import { recordingServer } from '../../lambda/verify/recording-server';

const server = recordingServer('application/x-amz-json-1.0');

/** 2026-11-21T12:03:20Z */
const NOW = 1_795_262_600_000;
const metrics = () => bedrockMetrics(signedPost(server.endpointOf('monitoring')), () => NOW);
const names = () => metrics().names('w2m9jvmdyfej', AbortSignal.timeout(5_000));
const invocations = () => metrics().invocations(['w2m9jvmdyfej', 'the.model'], AbortSignal.timeout(5_000));

const lastRequest = () => {
  const { method, url, headers, body } = server.seen.at(-1) as (typeof server.seen)[number];
  return {
    method,
    url,
    type: headers['content-type'],
    target: headers['x-amz-target'],
    token: headers['x-amz-security-token'],
    scope: headers.authorization?.replace(/^.*Credential=\w+\/\d{8}(\S+),.*$/, '$1'),
    body: JSON.parse(body),
  };
};

test('names: one request per profile, in AWS JSON 1.0, signed for monitoring', async () => {
  const metric = (MetricName: string, ...more: readonly string[]) => ({
    Namespace: 'AWS/Bedrock',
    MetricName,
    Dimensions: [{ Name: 'ModelId', Value: 'w2m9jvmdyfej' }, ...more.map((Name) => ({ Name, Value: 'x' }))],
  });
  const Metrics = [metric('Invocations'), metric('CacheReadInputTokenCount'), metric('Invocations', 'ServiceTier')];
  server.reply = { status: 200, body: JSON.stringify({ Metrics }) };
  expect(await names()).toEqual(['CacheReadInputTokenCount', 'Invocations']);
  expect(lastRequest()).toEqual({
    method: 'POST',
    url: '/',
    type: 'application/x-amz-json-1.0',
    target: 'GraniteServiceVersion20100801.ListMetrics',
    token: 'token',
    scope: '/us-east-1/monitoring/aws4_request',
    body: { Namespace: 'AWS/Bedrock', Dimensions: [{ Name: 'ModelId', Value: 'w2m9jvmdyfej' }] },
  });
});

test('invocations: complete slots of five minutes from the last 27 hours, without the last quarter of an hour', async () => {
  const result = (Id: string, Timestamps: readonly number[], Values: readonly number[]) => ({
    ...{ Id, Label: 'Invocations', Timestamps, Values, StatusCode: 'Complete' },
  });
  const MetricDataResults = [result('m1', [], []), result('m0', [1_795_261_200, 1_795_260_900], [3, 1])];
  server.reply = { status: 200, body: JSON.stringify({ Messages: [], MetricDataResults }) };
  expect(await invocations()).toEqual([
    new Map([
      [1_795_261_200, 3],
      [1_795_260_900, 1],
    ]),
    new Map(),
  ]);
  const query = (Id: string, Value: string) => {
    const Metric = {
      ...{ Namespace: 'AWS/Bedrock', MetricName: 'Invocations' },
      Dimensions: [{ Name: 'ModelId', Value }],
    };
    return { Id, MetricStat: { Metric, Period: 300, Stat: 'Sum' } };
  };
  expect(lastRequest()).toMatchObject({
    target: 'GraniteServiceVersion20100801.GetMetricData',
    body: {
      // From 08:45:00 on the day before to 11:45:00.
      EndTime: 1_795_261_500,
      StartTime: 1_795_164_300,
      MetricDataQueries: [query('m0', 'w2m9jvmdyfej'), query('m1', 'the.model')],
    },
  });
});

test('without metrics there are no names', async () => {
  server.reply = { status: 200, body: '{"Metrics":[]}' };
  expect(await names()).toEqual([]);
});

test.each([
  ['PartialData', [{ Id: 'm0', StatusCode: 'PartialData' }]],
  ['missing', []],
])('data with the status %s is refused', async (what, MetricDataResults) => {
  server.reply = { status: 200, body: JSON.stringify({ MetricDataResults }) };
  await expect(invocations()).rejects.toThrow(`the data of a metric has the status ${what} instead of Complete`);
});

test.each([
  [
    400,
    '{"__type":"com.amazon.coral.service#AccessDeniedException","Message":"no"}',
    'AccessDeniedException',
    'invalid',
  ],
  [
    403,
    '{"__type":"com.amazon.coral.service#AccessDeniedException","Message":"no"}',
    'AccessDeniedException',
    'denied',
  ],
  [
    400,
    '{"__type":"com.amazonaws.cloudwatch#ThrottlingException","message":"slow"}',
    'ThrottlingException',
    'throttled',
  ],
  [500, '{"__type":"InternalServiceFault"}', 'InternalServiceFault', 'failing'],
  [502, '<html>', 'UnknownError', 'failing'],
])('the type of an error becomes its name: %i %s', async (status, body, name, kind) => {
  server.reply = { status, body };
  const error: unknown = await names().catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name, $metadata: { httpStatusCode: status, requestId: 'r-1' } });
  expect(classifyError(error).kind).toBe(kind);
});

test.each(['', '<html>', 'null'])('the body %j is refused', async (body) => {
  server.reply = { status: 200, body };
  await expect(names()).rejects.toThrow();
});
