import { askQuery } from './ask-query';
import type { Post } from './post';

/** A message for the subscribers of a topic. The subject has at most 100 characters of ASCII. */
export interface TopicMessage {
  readonly subject: string;
  readonly message: string;
}

/** Returns a function that publishes messages to topics of SNS. */
export function publishTo(post: Post) {
  return async (topicArn: string, { subject, message }: TopicMessage, signal: AbortSignal): Promise<void> => {
    const form = { Action: 'Publish', Version: '2010-03-31', TopicArn: topicArn, Subject: subject, Message: message };
    await askQuery(post, form, signal);
  };
}
