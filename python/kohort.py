"""Kohort's results as labelled tables. Needs xarray, h5py, and netCDF4 or h5netcdf for xarray.

    results = kohort.open_results("reference.h5")
    results["population/persons"].sel(year=2030, area="1880").sum(("sex", "age"))
    kohort.basis(results)
"""
import json
import pathlib

import h5py
import xarray

FORMATS = (1, 2)  # they differ in how a hash is taken, which is not looked at here
BASES = ("observed", "estimated", "assumed")  # in rising order of doubt


class NotAResult(ValueError):
    """The file is no complete Kohort result of a format that this reader knows."""


def open_results(path, engine=None):
    """All figures of a result as one xarray.Dataset.

    Variables have the paths that they have in the file, such as "population/persons", and every axis
    its labels, so that `sel` works by year, code, sex and age. No figure is read before it is used;
    `close()` or the end of a `with` closes the file. Attributes are those of the file, `inputs` as a
    list of dictionaries. Raises NotAResult where the file is not whole or is no result. `engine` is
    xarray's: "netcdf4" or "h5netcdf".
    """
    path = pathlib.Path(path)
    groups = _groups(path)
    opened = [xarray.open_dataset(path, engine=engine)]
    try:
        variables = {}
        for group in groups:
            opened.append(xarray.open_dataset(path, group=group, engine=engine))
            for name, values in opened[-1].data_vars.items():
                variables[f"{group}/{name}"] = values.variable
        results = opened[0].set_coords(list(opened[0].data_vars)).assign(variables)
    except BaseException:
        for dataset in opened:
            dataset.close()
        raise
    results.attrs["inputs"] = json.loads(results.attrs["inputs"])
    results.set_close(lambda: [dataset.close() for dataset in opened])
    return results


def basis(results):
    """What each figure is worth: from its name to observed, estimated or assumed."""
    return {name: values.attrs["basis"] for name, values in results.data_vars.items()}


def weakest_basis(results):
    """The most doubtful of them all."""
    return max(basis(results).values(), key=BASES.index)


def _groups(path):
    """The groups that hold figures, once it is known that the file is a result."""
    if not path.is_file():
        raise FileNotFoundError(f"{path}: there is no such file")
    try:
        file = h5py.File(path, "r")
    except OSError as error:
        raise NotAResult(f"{path}: this is no HDF5 file ({error})") from error
    with file:
        if file.attrs.get("status") != "complete":
            raise NotAResult(f"{path}: this is no complete Kohort result; run the scenario again")
        if file.attrs.get("kohort_format") not in FORMATS:
            raise NotAResult(f"{path}: its format is {file.attrs.get('kohort_format')}, and this "
                             f"reader knows {FORMATS[0]} to {FORMATS[-1]}")
        found = {}
        file.visititems(lambda name, item: found.setdefault(name.rpartition("/")[0])
                        if isinstance(item, h5py.Dataset) else None)
        return [group for group in found if group]
