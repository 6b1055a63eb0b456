import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { countTokens, estimateTokens } from '../../../src/text/tokens';
import { projectRoot } from '../../support/projectFiles';
import { realTokenizer } from '../../support/tokenizer';

/** Texts of the kinds that go over the wire. */
const SAMPLES = [
  'src/editor/output/transcript.ts',
  'src/openrouter/errors.ts',
  'src/delegation/run/markers.ts',
  'esbuild.js',
  'package.json',
  'ARCHITECTURE.md',
];

/** Texts that are hardly made of English words; the real count has to be inside of the range. */
const HARD: Readonly<Record<string, string>> = {
  Russian: '// Возвращает сумму всех элементов массива чисел.\n',
  Ukrainian: '# Функція перевіряє введені дані та повертає помилку.\n',
  Serbian: '// Ова функција проверава улазне податке и враћа грешку.\n',
  Greek: '# Αυτή η συνάρτηση διαβάζει το αρχείο ρυθμίσεων.\n',
  Arabic: '// تقرأ هذه الدالة ملف الإعدادات وتتحقق من نوع كل مفتاح.\n',
  Persian: '# این تابع فایل تنظیمات را می‌خواند.\n',
  Hebrew: '// הפונקציה קוראת את קובץ ההגדרות ובודקת את הסוג.\n',
  Hindi: '# यह फ़ंक्शन सेटिंग फ़ाइल पढ़ता है।\n',
  Tamil: '# இந்த செயல்பாடு அமைப்பு கோப்பைப் படிக்கிறது.\n',
  Thai: '# ฟังก์ชันนี้อ่านไฟล์การตั้งค่า ตรวจสอบชนิดของแต่ละคีย์\n',
  Vietnamese: '// Hàm này đọc tệp cấu hình, kiểm tra kiểu của từng khóa.\n',
  Chinese: '// 此函数读取设置文件，检查每个键的类型，并返回只读对象。\n',
  Japanese: '// この関数は設定ファイルを読み込み、各キーの型を検査します。\n',
  Korean: '// 이 함수는 설정 파일을 읽고 각 키의 유형을 확인합니다.\n',
  Georgian: '# ეს ფუნქცია კითხულობს პარამეტრების ფაილს.\n',
  Amharic: '# ይህ ተግባር የቅንብሮች ፋይልን ያነባል።\n',
  German: '// Diese Funktion prüft die Größe der Einträge und meldet ungültige Schlüssel.\n',
  Polish: '// Ta funkcja odczytuje plik ustawień i sprawdza typ każdego klucza.\n',
  Finnish: '// Tämä funktio lukee asetustiedoston ja tarkistaa jokaisen avaimen tyypin.\n',
  Lao: '# ຟັງຊັນນີ້ອ່ານໄຟລ໌ການຕັ້ງຄ່າ ແລະ ກວດສອບປະເພດຂອງແຕ່ລະຄີ.\n',
  formulas: 'α+β=γ, δ≤ε, λ∈Λ, Σᵢ xᵢ²\n',
  APL: '⍵⌷⍨⊂⍋⍵ ⋄ {⍺+⍵}/⍳10\n',
  'camel case': 'getConfigurationValueOrDefaultFromEnvironmentVariables(applicationSettings)\n',
  'CSS variables': '--color-primary-background-hover: var(--theme-color-accent-light)\n',
  JSON: '{"id":1,"name":"a","tags":["b","c"],"ok":true,"n":null}\n',
  'signs in turn': '=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-\n',
  emoji: "console.log('🚀 Deploy done ✅ 🎉');\n- ✨ Feature\n- 🐛 Fix\n",
  symbols: '∀x∈ℝ: x²≥0 ∧ ∃y (y≠x ⇒ y→∞)\n',
  box: '┌──────────┬──────────┐\n│ a        │ b        │\n└──────────┴──────────┘\n',
  rulers: `${'='.repeat(100)}\n${'-'.repeat(80)}\n${'~'.repeat(60)}\n`,
  'snake case': 'self.max_retry_count_per_request = value_or_default(settings, default_count)\n',
  base64: `${Buffer.from(Array.from({ length: 240 }, (_, index) => (index * 167) % 251)).toString('base64')}\n`,
  digest: 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb\n',
  numbers: '[0.35, 79.19, 58.31, 37.43, 16.55, 95.67, 74.79, 53.91]\n',
  minified: 'const x=1;let y=x+2;if(y>3){f(y)}else{g(x,y)}for(let i=0;i<10;i++)h(i);\n',
  blanks: `${' '.repeat(300)}x\n${'\t'.repeat(30)}x${'\n'.repeat(40)}`,
};

suite('token estimate', () => {
  for (const [kind, text] of Object.entries(HARD)) {
    test(`has the real count inside its range: ${kind}`, () => {
      const repeated = text.repeat(10);
      const real = realTokenizer.count(repeated);
      const { low, high } = estimateTokens(repeated);
      assert.ok(low <= real && real <= high, `${low} ≤ ${real} ≤ ${high}`);
    });
  }

  for (const sample of SAMPLES) {
    test(`holds its margin for ${sample}`, () => {
      const text = readFileSync(path.join(projectRoot, sample), 'utf8');
      const real = realTokenizer.count(text);
      const { low, expected, high } = estimateTokens(text);
      assert.ok(low <= real && real <= high, `${low} ≤ ${real} ≤ ${high}`);
      const share = expected / real;
      assert.ok(share > 0.88 && share < 1.15, `${expected} expected, ${real} real`);
    });
  }

  test('nothing costs nothing', () => {
    assert.deepEqual(estimateTokens(''), { low: 0, expected: 0, high: 0 });
  });

  test('low ≤ expected ≤ high, and more text is never fewer tokens', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, more) => {
        const { low, expected, high } = estimateTokens(text);
        assert.ok(low <= expected && expected <= high);
        assert.ok(countTokens(`${text}\n${more}`) >= countTokens(text));
      }),
    );
  });
});
