import { readJsonAnswer } from '../../../aws/services/json-answer';

test.each(['null', '"text"', '7'])('an answer that is %s is told as no object, and not read as one', (body) => {
  expect(() => readJsonAnswer({ statusCode: 200, headers: {}, body })).toThrow('the answer is not a JSON object');
});
