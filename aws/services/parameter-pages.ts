import { readJsonAnswer } from './json-answer';
import type { Answer, Post } from './post';

/** A parameter of the SSM Parameter Store. */
export interface Parameter {
  readonly name: string;
  readonly value: string;
}

interface Page {
  readonly parameters: readonly Parameter[];
  readonly nextToken?: string;
}

/** Reads one page of the parameters below a path, at any depth. */
export type ReadPage = (path: string, nextToken: string | undefined, signal: AbortSignal) => Promise<Page>;

/** Returns a function that reads pages of parameters from the SSM Parameter Store, whose protocol is AWS JSON. */
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
  const page = readJsonAnswer(answer) as PageBody;
  return {
    parameters: (page.Parameters ?? []).map(({ Name = '', Value = '' }) => ({ name: Name, value: Value })),
    ...(typeof page.NextToken === 'string' && page.NextToken !== '' && { nextToken: page.NextToken }),
  };
}
