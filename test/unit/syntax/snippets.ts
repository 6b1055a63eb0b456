/** Code as people write it, one text a language, for tests that hold in every language. */
export const SNIPPETS: Readonly<Record<string, string>> = {
  typescript: `import { readFile } from 'node:fs/promises';

/** Reads a file of settings. */
export async function readSettings(path: string, fallback?: Settings): Promise<Settings> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Settings;
  } catch (error) {
    if (!fallback) throw error; // nothing to fall back to
    return fallback;
  }
}

export interface Settings {
  readonly name: string;
  limits?: Record<string, number>;
}

export class Store<T extends { id: string }> {
  private readonly items = new Map<string, T>();

  add(item: T): this {
    this.items.set(item.id, item);
    return this;
  }

  describe = (id: string): string => \`item \${id} of \${this.items.size}\`;
}
`,
  typescriptreact: `type Props = { title: string; onClose?: () => void };

export const Panel = ({ title, onClose }: Props) => {
  const [open, setOpen] = useState<boolean>(true);
  return (
    <section className="panel" hidden={!open}>
      <h1>{title}</h1> <small>closes soon</small>
      Some text that is
      longer than a line.
      <button onClick={() => setOpen(false)}>Close &times;</button>
    </section>
  );
};
`,
  javascript: `'use strict';
const path = require('node:path');

function* walk(folder, { depth = 0, ...rest } = {}) {
  for (const name of list(folder)) {
    const file = path.join(folder, name);
    if (/\\.test\\.js$/.test(name)) continue;
    yield file;
    if (depth < 10) yield* walk(file, { depth: depth + 1, ...rest });
  }
}

exports.walk = walk;
exports.first = function (items) {
  return items[0];
};
`,
  json: `{
  "name": "sample",
  "numbers": [1, 2.5, -3e4],
  "nested": { "on": true, "off": null }
}
`,
  python: `"""Reads measurements."""
import csv
from dataclasses import dataclass

LIMIT = 100


@dataclass(frozen=True)
class Reading:
    """One measurement."""

    name: str
    value: float = 0.0

    def scaled(self, factor: float, *, offset: float = 0.0) -> "Reading":
        return Reading(self.name, self.value * factor + offset)


def read_all(path, limit=LIMIT):
    """
    Reads a file.

        indented example
    """
    readings = []
    with open(path, newline="") as file:
        for row in csv.reader(file):
            if len(readings) >= limit:
                break  # enough
            readings.append(Reading(row[0], float(row[1])))
    return readings
`,
  go: `package store

import (
	"errors"
	"fmt"
)

// ErrMissing says that there is no such key.
var ErrMissing = errors.New("missing")

// Store keeps values by key.
type Store struct {
	values map[string]int
	name   string
}

// Get returns the value of a key.
func (s *Store) Get(key string) (int, error) {
	value, ok := s.values[key]
	if !ok {
		return 0, fmt.Errorf("%s: %w", key, ErrMissing)
	}
	return value, nil
}

func newStore(name string) *Store {
	return &Store{
		values: map[string]int{},
		name:   name,
	}
}
`,
  java: `package sample;

import java.util.List;

/** Adds up amounts. */
public final class Ledger {
    private final List<Long> amounts;

    public Ledger(List<Long> amounts) {
        this.amounts = List.copyOf(amounts);
    }

    /** Sum of all amounts above a limit. */
    @Deprecated
    public long total(long limit) {
        long sum = 0;
        for (long amount : amounts) {
            if (amount > limit) { sum += amount; }
        }
        return sum;
    }

    static String text() {
        return """
            two  spaces
            """ + 'x';
    }
}
`,
  c: `#include <stdio.h>
#define SQUARE(x) ((x) * (x))
#define LOG(message) \\
    do {             \\
        puts(message); \\
    } while (0)

/* Number of entries. */
static int count;

struct entry {
    char name[32];
    int value;
};

/**
 * Prints an entry.
 */
int print_entry(const struct entry *entry, FILE *out)
{
#ifdef DEBUG
    LOG("printing");
#endif
    return fprintf(out, "%s = %d\\n", entry->name, SQUARE(entry->value));
}
`,
  cpp: `#pragma once
#include <string>
#include <vector>

namespace sample {

/// A queue of names.
template <typename T>
class Queue : public Base<std::vector<T>> {
 public:
  explicit Queue(std::size_t size) : size_(size) {}
  virtual ~Queue() = default;

  bool push(T &&item, bool force = false) const override {
    auto text = R"(raw  text)";
    return force || size_ > 0;
  }

 private:
  std::size_t size_ = 0;
};

}  // namespace sample
`,
  rust: `//! A crate.
use std::collections::HashMap;

/// Counts words.
///
/// Empty text has none.
#[derive(Debug, Default)]
pub struct Counter {
    counts: HashMap<String, usize>,
}

impl Counter {
    /// Adds the words of a text.
    pub fn add(&mut self, text: &str, factor: usize) -> Result<usize, String> {
        let mut added = 0;
        for word in text.split(' ') {
            *self.counts.entry(word.to_string()).or_insert(0) += factor;
            added += 1;
        }
        println!("added  {}", added);
        Ok(added)
    }
}
`,
  csharp: `using System;
#region types
namespace Sample.Store
{
    /// <summary>Keeps names.</summary>
    [Serializable]
    public class Names : Base, IDisposable
    {
        private readonly string text = $"a  {1 + 2} b";
        public int Count { get; private set; }

        public Names(int count) => Count = count;

        /// <summary>Finds a name.</summary>
        public async Task<string> FindAsync(string key, params int[] rest)
        {
            if (key == null) throw new ArgumentNullException(nameof(key));
            return await Task.FromResult(key + rest.Length);
        }

        public void Dispose() { }
    }
}
#endregion
`,
  php: `<?php
namespace Sample;

/** Sends mail. */
final class Mailer
{
    private array $sent = [];

    public function send(string $to, ?string $subject = null): bool
    {
        $body = "Dear  {$to}, about $subject";
        $this->sent[] = $body;
        return count($this->sent) > 0;
    }
}

function helper($value)
{
    echo <<<TEXT
      indented $value
    TEXT;
}
?>
<p> two  spaces </p>
`,
  ruby: `# frozen_string_literal: true

# Reads a queue.
class Reader < Base
  LIMIT = 10

  def initialize(queue, limit: LIMIT)
    @queue = queue
    @limit = limit
  end

  def each(&block)
    text = "limit  #{@limit}"
    note = <<~TEXT
      two  spaces
    TEXT
    @queue.take(@limit).each do |item|
      block.call(item, text, note)
    end
    return self
  end

  def self.open(path) = new(File.readlines(path))
end
`,
  shellscript: `#!/usr/bin/env bash
set -euo pipefail

# Copies files.
copy_all() {
  local target="$1  dir"
  for file in "\${@:2}"; do
    if [[ -f "$file" ]]; then
      cp -- "$file" "$target" \\
        || echo 'failed  here' >&2
    fi
  done
  cat <<EOF
    copied to $target
EOF
}

copy_all "$@" | sort -u
`,
  css: `/* Colors */
:root { --gap: 4px; }
.panel > a:hover, #main .item::before {
  margin: 10px -2px;
  color: #ff0044;
  content: "two  spaces";
  width: calc(100% - 2 * var(--gap));
}
@media (max-width: 40em) {
  .panel { display: none; }
}
`,
};
