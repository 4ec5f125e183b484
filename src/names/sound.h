// Spellings of one sound as one key.
//
// SoundKey folds what romanisations write differently (kh/h, ou/u, w/v, y/i/ij, doubled letters,
// ph/f ...): two spellings of a name often have one key, and otherwise keys that are near.
// Lower-case letters stand for themselves; C is "ch", S "sh", Z "zh". Digits stay.
//
// Skeleton is the consonants of a key in broad classes: what a script without vowels keeps. It
// finds candidates; it is no ground to call two names the same.
#ifndef TIDEWAITER_NAMES_SOUND_H_
#define TIDEWAITER_NAMES_SOUND_H_

#include <string>
#include <string_view>

namespace tidewaiter::names {

std::string SoundKey(std::string_view latin);
// Of a word from a script without vowels: there an x is a ha that stands behind another consonant
// and makes no one sound with it ("طه" is t and h, "ث" is th).
std::string AbjadKey(std::string_view latin);
std::string Skeleton(std::string_view sound_key);
// Of the key of a word from a script without vowels: there a v is a waw, mostly a vowel, and drops
// out.
std::string AbjadSkeleton(std::string_view sound_key);

// A skeleton in yet broader classes: what romanisations of Arabic letters take for one another (d
// and z, j and g, h and Spanish j).
std::string BroadSkeleton(std::string_view skeleton);

// The number of edits between two keys, each counted by how alike the letters sound (0 to 1): a
// vowel for a vowel 0.5, s for z 0.4, a lost h 0.5, a swap of neighbours 0.7. More than `limit` is
// reported as anything above it.
double SoundDistance(std::string_view a, std::string_view b, double limit);

// How well the letters of a word from a script without vowels fit a Latin key: 0 fits, 1 for a
// consonant that does not. `letters` are its readings: a, w, y stand for long vowels or consonants.
// More than `limit` is reported as anything above it.
double AbjadDistance(std::string_view letters, std::string_view key, double limit);

namespace reference {
// The definition, without limit.
double SoundDistance(std::string_view a, std::string_view b);
}  // namespace reference

}  // namespace tidewaiter::names

#endif  // TIDEWAITER_NAMES_SOUND_H_
