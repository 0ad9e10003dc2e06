import type { ReadPage } from './read-parameters';
import { type Answer, type Post, serviceError } from './signed-post';

/** Asks the SSM Parameter Store, whose requests and answers are JSON. */
export function parameterPages(post: Post): ReadPage {
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': 'AmazonSSM.GetParametersByPath',
  };
  return async (path, nextToken, signal) => {
    const body = JSON.stringify({
      Path: path,
      Recursive: true,
      ...(nextToken !== undefined && { NextToken: nextToken }),
    });
    return readPage(await post(headers, body, signal));
  };
}

interface PageBody {
  readonly Parameters?: readonly { readonly Name?: string; readonly Value?: string }[];
  readonly NextToken?: string | null;
}

function readPage(answer: Answer) {
  if (answer.statusCode !== 200) {
    const said = readJson(answer.body);
    const type = answer.headers['x-amzn-errortype'] ?? String(said['__type'] ?? said['code'] ?? 'UnknownError');
    const name = type.replace(/^.*#/, '').replace(/:.*$/, '');
    throw serviceError(answer, name, String(said['message'] ?? said['Message'] ?? ''));
  }
  const page = JSON.parse(answer.body) as PageBody;
  return {
    parameters: (page.Parameters ?? []).map(({ Name = '', Value = '' }) => ({ name: Name, value: Value })),
    ...(typeof page.NextToken === 'string' && page.NextToken !== '' && { nextToken: page.NextToken }),
  };
}

function readJson(body: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
