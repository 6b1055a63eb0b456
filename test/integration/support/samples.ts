/** A piece of code per language: undocumented, badly formatted, with something to extract. */
export interface Sample {
  readonly languageId: string;
  readonly extension: string;
  readonly text: string;
  /** A name that the code declares and every summary should mention. */
  readonly name: string;
  /** Whether the language has declarations to document. */
  readonly canBeDocumented: boolean;
}

export const samples: readonly Sample[] = [
  {
    languageId: 'typescript',
    extension: 'ts',
    name: 'averageOf',
    canBeDocumented: true,
    text: `export function averageOf(values: readonly number[]): number {
    // TODO: decide what an empty list means
  let total = 0;
  for (const value of values) { total += value; }
  return   total / values.length;
}
`,
  },
  {
    languageId: 'python',
    extension: 'py',
    name: 'average_of',
    canBeDocumented: true,
    text: `def average_of(values):
    # TODO: decide what an empty list means
    total = 0
    for value in values:
        total   +=   value
    return total / len(values)
`,
  },
  {
    languageId: 'go',
    extension: 'go',
    name: 'AverageOf',
    canBeDocumented: true,
    text: `package stats

func AverageOf(values []float64) float64 {
    // TODO: decide what an empty list means
	total := 0.0
	for _, value := range values {
	total   += value
	}
	return total / float64(len(values))
}
`,
  },
  {
    languageId: 'java',
    extension: 'java',
    name: 'Stats',
    canBeDocumented: true,
    text: `public class Stats {
    public static double averageOf(double[] values) {
        // TODO: decide what an empty list means
        double total = 0;
        for (double value : values) {   total += value;   }
        return total / values.length;
    }
}
`,
  },
  {
    languageId: 'c',
    extension: 'c',
    name: 'average_of',
    canBeDocumented: true,
    text: `double average_of(const double *values, int count) {
    /* TODO: decide what an empty list means */
    double total = 0;
    for (int i = 0; i < count; i++) {   total += values[i];   }
    return total / count;
}
`,
  },
  {
    languageId: 'markdown',
    extension: 'md',
    name: 'Averages',
    canBeDocumented: false,
    text: `# Averages

*   the mean of a list
*   the median of a list

<!-- TODO: decide what an empty list means -->
`,
  },
];
