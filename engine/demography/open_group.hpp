// What a projection does with the open age group.
#pragma once

namespace kohort {

/// Who is in the open age group A at the end of an interval; L(a) are person-years of the life
/// table.
enum class OpenGroup {
  /// Those in it and those who enter it survive alike: L(A) / (L(A-1) + L(A)).
  /// Source: Preston, Heuveline & Guillot (2001), ch. 6; United Nations.
  pooled,
  /// It is made up anew from the group below: L(A) / L(A-1); whoever was in it is not carried over.
  /// Source: Willekens & Rogers (1978), IIASA RR-78-18.
  renewed,
};

}  // namespace kohort
