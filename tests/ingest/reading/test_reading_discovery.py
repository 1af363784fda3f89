"""Which files count as reports."""

from ingest.reading import discover


def test_folder_is_walked_for_known_suffixes(tmp_path):
    for name in ("b.txt", "a.md", "x.gold.json", "README.md", ".hidden.txt", "sub/c.html", ".git/d.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("石湾村", encoding="utf-8")
    found = discover([tmp_path])
    assert [path.relative_to(tmp_path).as_posix() for path in found.files] == ["a.md", "b.txt", "sub/c.html"]
    assert found.failures == ()


def test_a_file_named_directly_is_kept_and_only_once(tmp_path):
    path = tmp_path / "notes.xyz"
    path.write_text("石湾村", encoding="utf-8")
    assert discover([path, tmp_path / "." / "notes.xyz"]).files == (path,)


def test_links_out_of_the_folder_are_not_followed(tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("密", encoding="utf-8")
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "link.txt").symlink_to(outside / "secret.txt")
    (inside / "folder").symlink_to(outside)
    (inside / "own.txt").write_text("石湾村", encoding="utf-8")
    assert [path.name for path in discover([inside]).files] == ["own.txt"]


def test_missing_paths_and_empty_folders_are_failures(tmp_path):
    found = discover([tmp_path / "none", tmp_path])
    assert found.files == ()
    assert ["no such file" in str(found.failures[0]), "holds no reports" in str(found.failures[1])] == [True, True]
