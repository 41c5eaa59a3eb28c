// AND and population count in C: what the functional level of the golden model is measured against.
//
//     clang -O3 -march=native yardstick.c -o yardstick
//     ./yardstick PIXELS FILTERS WORDS PASSES SEED
//
// A layer of binary codes and cells: PIXELS windows and FILTERS rows of WORDS 64-bit words, all pairs, PASSES times. With
// AVX-512 VPOPCNTDQ eight filters lie side by side in a vector, four pixels times four vectors are kept in registers, and no
// sum is made across a vector; without it, a plain loop. All sums are compared with those of a plain loop, which is not timed.
// Prints one JSON object: which kernel it was, processor seconds, bit pairs that were ANDed and counted.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#ifdef __AVX512VPOPCNTDQ__
#include <immintrin.h>
#endif

static uint64_t state;
static uint64_t draw(void) {
    uint64_t z = (state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

#ifdef __AVX512VPOPCNTDQ__
#define KERNEL "AVX-512 VPOPCNTDQ"
static long place(long f, long w, long words) { return (f / 8 * words + w) * 8 + f % 8; }
#else
#define KERNEL "no vectors"
static long place(long f, long w, long words) { return f * words + w; }
#endif

static void pass(const uint64_t *windows, const uint64_t *rows, int64_t *sums, long pixels, long filters, long words) {
#ifdef __AVX512VPOPCNTDQ__
    for (long f = 0; f < filters; f += 32)
        for (long p = 0; p < pixels; p += 4) {
            __m512i count[4][4];
            for (int i = 0; i < 4; i++)
                for (int j = 0; j < 4; j++) count[i][j] = _mm512_setzero_si512();
            for (long w = 0; w < words; w++) {
                __m512i row[4];
                for (int j = 0; j < 4; j++) row[j] = _mm512_loadu_si512(rows + ((f / 8 + j) * words + w) * 8);
                for (int i = 0; i < 4; i++) {
                    __m512i window = _mm512_set1_epi64((long long)windows[(p + i) * words + w]);
                    for (int j = 0; j < 4; j++)
                        count[i][j] = _mm512_add_epi64(
                            count[i][j], _mm512_popcnt_epi64(_mm512_and_si512(window, row[j])));
                }
            }
            for (int i = 0; i < 4; i++)
                for (int j = 0; j < 4; j++) _mm512_storeu_si512(sums + (p + i) * filters + f + 8 * j, count[i][j]);
        }
#else
    for (long f = 0; f < filters; f++)
        for (long p = 0; p < pixels; p++) {
            int64_t count = 0;
            for (long w = 0; w < words; w++)
                count += __builtin_popcountll(windows[p * words + w] & rows[place(f, w, words)]);
            sums[p * filters + f] = count;
        }
#endif
}

int main(int count, char **arguments) {
    if (count != 6) return fprintf(stderr, "usage: yardstick PIXELS FILTERS WORDS PASSES SEED\n"), 2;
    long pixels = atol(arguments[1]), filters = atol(arguments[2]), words = atol(arguments[3]);
    long passes = atol(arguments[4]);
    state = strtoull(arguments[5], 0, 10);
    if (pixels % 4 || filters % 32) return fprintf(stderr, "found %ld pixels, %ld filters; allowed multiples of 4 and 32\n", pixels, filters), 2;
    uint64_t *windows = aligned_alloc(64, pixels * words * 8), *rows = aligned_alloc(64, filters * words * 8);
    int64_t *sums = aligned_alloc(64, pixels * filters * 8);
    for (long i = 0; i < pixels * words; i++) windows[i] = draw();
    for (long i = 0; i < filters * words; i++) rows[i] = draw();
    struct timespec begin, end;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &begin);
    for (long number = 0; number < passes; number++) pass(windows, rows, sums, pixels, filters, words);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
    double seconds = end.tv_sec - begin.tv_sec + 1e-9 * (end.tv_nsec - begin.tv_nsec);
    for (long p = 0; p < pixels; p++)
        for (long f = 0; f < filters; f++) {
            int64_t ones = 0;
            for (long w = 0; w < words; w++)
                for (uint64_t both = windows[p * words + w] & rows[place(f, w, words)]; both; both &= both - 1) ones++;
            if (ones != sums[p * filters + f]) return fprintf(stderr, "the sum of pixel %ld, filter %ld is wrong\n", p, f), 1;
        }
    printf("{\"kernel\": \"" KERNEL "\", \"seconds\": %.6f, \"pairs\": %.0f}\n", seconds,
           64.0 * pixels * filters * words * passes);
}
