import { readJsonAnswer } from '../../../aws/services/json-answer';

test.each(['null', '"text"', '7'])('the answer %s is refused because it is not an object', (body) => {
  expect(() => readJsonAnswer({ statusCode: 200, headers: {}, body })).toThrow('the answer is not a JSON object');
});
